/** What a message carries besides text: pictures, files, and plain cards for the kinds of which only the shape matters. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { fileSize } from "./words.js";
import { fileUrl } from "./api.js";
import { pollCard } from "./poll.js";

/** The attachment of a message as an element, or null if it is text only. */
export function attachment(message, context) {
  const kind = Object.keys(SHOWN).find((key) => message[key]);
  return kind ? SHOWN[kind](message[kind], message, context) : null;
}

// In this order: an animation also carries a document, a venue also a location.
const SHOWN = {
  photo: (sizes, message) => picture(sizes, message.has_media_spoiler),
  animation: (file) => fileCard("play", file.file_name ?? "Animation", file),
  sticker: (sticker) => h("div", { class: "sticker", role: "img", "aria-label": `Sticker ${sticker.emoji ?? ""}` }, sticker.emoji ?? icon("sticker")),
  voice: (voice) => voiceCard(voice),
  audio: (audio) => fileCard("music", audio.title ?? audio.file_name ?? "Audio", audio),
  video_note: (video) => card("video", "Video message", seconds(video.duration)),
  video: (video) => card("video", video.file_name ?? "Video", seconds(video.duration)),
  document: (file) => fileCard("document", file.file_name ?? "File", file),
  contact: (contact) => card("contact", [contact.first_name, contact.last_name].filter(Boolean).join(" "), contact.phone_number),
  venue: (venue) => card("location", venue.title, venue.address),
  location: (place) => card("location", "Location", `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`),
  poll: (poll, message, context) => pollCard(poll, message.chosen ?? [], (options) => context.vote(message.message_id, options)),
  dice: (dice) => card("dice", `Dice ${dice.emoji ?? ""}`, `Value ${dice.value}`),
};

const seconds = (duration = 0) => `${Math.floor(duration / 60)}:${String(duration % 60).padStart(2, "0")}`;

function card(glyph, title, detail) {
  return h("div", { class: "card" },
    h("span", { class: "card-icon" }, icon(glyph)),
    h("span", { class: "card-words" }, h("span", { class: "card-title", dir: "auto" }, title), detail && h("span", { class: "card-detail", dir: "auto" }, detail)));
}

function fileCard(glyph, title, file) {
  const detail = [fileSize(file.file_size ?? Number.NaN), file.mime_type].filter(Boolean).join(" · ");
  return h("a", { class: "card", href: fileUrl(file.file_id), download: file.file_name ?? "file", "aria-label": `Download ${title}, ${detail}` },
    h("span", { class: "card-icon" }, icon("download")),
    h("span", { class: "card-words" }, h("span", { class: "card-title", dir: "auto" }, title), h("span", { class: "card-detail" }, detail)));
}

function picture(sizes, hidden) {
  const largest = sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best));
  const image = h("img", {
    src: fileUrl(largest.file_id), width: largest.width, height: largest.height, alt: "Picture", loading: "lazy", decoding: "async",
  });
  const frame = h("a", { class: "picture", href: image.src, target: "_blank", rel: "noopener", "aria-label": "Picture, open at full size" }, image);
  image.addEventListener("error", () => frame.replaceWith(card("photo", "Photo", `${largest.width} × ${largest.height}`)), { once: true });
  if (hidden) {
    frame.classList.add("covered");
    frame.addEventListener("click", (event) => {
      event.preventDefault();
      frame.classList.remove("covered");
    }, { once: true });
  }
  return frame;
}

function voiceCard(voice) {
  const bars = [5, 9, 14, 8, 17, 12, 20, 10, 15, 7, 18, 11, 6, 13, 9, 16, 8, 5];
  return h("div", { class: "card", role: "img", "aria-label": `Voice message, ${seconds(voice.duration)}` },
    h("span", { class: "card-icon" }, icon("voice")),
    h("span", { class: "card-words" },
      h("span", { class: "wave", "aria-hidden": "true" }, bars.map((size) => h("i", { class: `bar-${Math.ceil(size / 4)}` }))),
      h("span", { class: "card-detail" }, seconds(voice.duration))));
}
