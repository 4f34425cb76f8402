/** Small pieces of text: initials, times, days, sizes, languages. Times are Unix seconds, shown in this computer's zone. */

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const languageNames = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const shortDay = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const longDay = new Intl.DateTimeFormat("en", { weekday: "long", day: "numeric", month: "long" });
const fullDay = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric" });

/** The languages the page offers; a person can have any other through the API. */
export const LANGUAGES = [
  "en", "es", "pt-br", "fr", "de", "it", "pl", "uk", "ru", "tr", "ar", "he", "fa", "hi", "bn", "ur", "id", "vi", "th",
  "zh-hans", "ja", "ko", "sw", "am", "ha", "yo", "tl",
];

export function languageName(code) {
  try {
    return languageNames.of(code);
  } catch {
    return code; // not a well-formed tag: show what was given
  }
}

/** The first characters, as a reader sees them, of a name's first two words. */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const first = (word) => graphemes.segment(word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, ""))[Symbol.iterator]();
  const letters = words.slice(0, 2).map((word) => first(word).next().value?.segment ?? "");
  return letters.join("").toLocaleUpperCase() || "?";
}

/** One of eight avatar colours, always the same for the same id. */
export const tint = (id) => `tint-${Math.abs(Number(id)) % 8}`;

export const clockTime = (seconds) => clock.format(seconds * 1000);
export const fullTime = (seconds) => new Date(seconds * 1000).toLocaleString();

function dayNumber(seconds) {
  const date = new Date(seconds * 1000);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

export const sameDay = (a, b) => dayNumber(a) === dayNumber(b);

/** "Today", "Yesterday", "Monday, 3 March" or, in another year, "3 March 2024". */
export function dayLabel(seconds, now) {
  const distance = dayNumber(now) - dayNumber(seconds);
  if (distance === 0) return "Today";
  if (distance === 1) return "Yesterday";
  if (distance === -1) return "Tomorrow";
  const sameYear = new Date(seconds * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  return (sameYear ? longDay : fullDay).format(seconds * 1000);
}

/** For the list of people: the time today, the day before that. */
export const listTime = (seconds, now) => (sameDay(seconds, now) ? clockTime(seconds) : shortDay.format(seconds * 1000));

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const milliseconds = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

const EMOJI_ONLY = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;

/** How many emoji a text of one to three emoji and nothing else has; 0 for any other text. */
export function loneEmoji(text) {
  if (text.length > 60 || !EMOJI_ONLY.test(text)) return 0;
  const count = [...graphemes.segment(text.replace(/\s/gu, ""))].length;
  return count <= 3 ? count : 0;
}

/** A long text in pieces that Telegram accepts (4,096 UTF-16 units), never cutting a character in two. */
export function pieces(text, limit = 4096) {
  const parts = [];
  let rest = text;
  while (rest.length > limit) {
    let cut = limit;
    if (/[\uD800-\uDBFF]/u.test(rest[cut - 1])) cut -= 1;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return rest ? [...parts, rest] : parts;
}

/** One line that stands for a message, in the list of people and in labels. */
export function summary(message) {
  if (!message) return "";
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/gu, " ").slice(0, 160);
  const kind = KINDS.find(([key]) => message[key]);
  return kind ? kind[1] : "Message";
}

const KINDS = [
  ["sticker", "Sticker"], ["photo", "Photo"], ["animation", "Animation"], ["video_note", "Video message"], ["video", "Video"],
  ["voice", "Voice message"], ["audio", "Audio"], ["document", "File"], ["contact", "Contact"], ["venue", "Place"],
  ["location", "Location"], ["poll", "Poll"], ["dice", "Dice"],
];
