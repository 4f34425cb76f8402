/** What can be done with a person: the same entries in the list of people and in the head of their chat. */
import { api } from "./api.js";
import { confirmDialog, personDialog } from "./dialogs.js";
import { attempt } from "./notices.js";

export function addPerson(desk) {
  personDialog({
    title: "Add a person",
    action: "Add",
    save: (name, language) => api.addPerson(name, language),
    done: ({ person }) => desk.open(person.id),
  });
}

export function editPerson(person) {
  personDialog({
    title: "Name and language",
    action: "Save",
    name: person.name,
    language: person.language,
    save: (name, language) => api.changePerson(person.id, { name, language }),
  });
}

/** Entries for `openMenu`. */
export function personItems(person, desk) {
  const { id, name } = person;
  return [
    { label: "Name and language…", icon: "edit", run: () => editPerson(person) },
    desk.canSplit() && !desk.isOpen(id) && { label: "Open beside", icon: "beside", run: () => desk.open(id, { beside: true }) },
    { label: "Begin anew…", icon: "reset", run: () => confirmDialog({
      title: `${name} begins anew?`,
      text: "The chat becomes empty and the bot meets them for the first time. Name and language stay.",
      action: "Begin anew",
      run: () => attempt(() => api.resetPerson(id)),
    }) },
    person.blocked
      ? { label: "Unblock the bot", icon: "unblock", run: () => attempt(() => api.unblock(id)) }
      : { label: "Block the bot", icon: "block", run: () => attempt(() => api.block(id)) },
    null,
    { label: "Remove…", icon: "clear", danger: true, run: () => confirmDialog({
      title: `Remove ${name}?`,
      text: "Their chat is deleted from this playground. The bot is told nothing.",
      action: "Remove",
      run: () => attempt(() => api.removePerson(id)),
    }) },
  ].filter((item) => item !== false);
}
