/** A poll or quiz: vote by pressing an option; afterwards the shares are shown, and in a quiz what was right. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { rich } from "./entities.js";

/**
 * @param {object} poll
 * @param {number[]} chosen the options that this person voted for
 * @param {(options: number[]) => void} vote
 */
export function pollCard(poll, chosen, vote) {
  const shown = chosen.length > 0 || poll.is_closed;
  const open = !poll.is_closed && (chosen.length === 0 || poll.allows_revoting);
  const kind = [poll.is_anonymous ? "Anonymous" : "Public", poll.type === "quiz" ? "quiz" : "poll", poll.is_closed && "· closed"];
  const picked = new Set(chosen);
  const press = (index) => {
    if (!poll.allows_multiple_answers) return vote([index]);
    if (!picked.delete(index)) picked.add(index);
    return vote([...picked]);
  };
  return h("div", { class: "poll", role: "group", "aria-label": poll.question },
    h("p", { class: "poll-question", dir: "auto" }, rich(poll.question, poll.question_entities)),
    h("p", { class: "poll-kind" }, kind.filter(Boolean).join(" ")),
    h("ul", {}, poll.options.map((option, index) => h("li", {}, choice(poll, option, index, { shown, open, chosen, press })))),
    shown && poll.explanation && h("blockquote", { dir: "auto" }, rich(poll.explanation, poll.explanation_entities)),
    h("p", { class: "poll-kind" }, poll.total_voter_count === 1 ? "1 vote" : `${poll.total_voter_count} votes`));
}

function choice(poll, option, index, { shown, open, chosen, press }) {
  const mine = chosen.includes(index);
  const right = shown && (poll.correct_option_ids ?? [poll.correct_option_id]).includes(index);
  const wrong = shown && mine && poll.type === "quiz" && !right;
  const share = Math.round((100 * option.voter_count) / Math.max(1, poll.total_voter_count));
  const button = h("button", {
    type: "button", class: `option${mine ? " mine" : ""}${right ? " right" : ""}${wrong ? " wrong" : ""}`,
    disabled: !open, "aria-pressed": String(mine), onclick: () => press(index),
  },
  h("span", { class: "option-text", dir: "auto" }, option.text),
  mine && icon(wrong ? "close" : "check"),
  shown && h("b", {}, `${share}%`));
  button.style.setProperty("--share", shown ? `${share}%` : "0%");
  return button;
}
