"""Whether every update had its turn, and what was shown is what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.playground.standin import World
from bot.playground.standin.updates import FIRST_UPDATE_ID
from tests.faults.databases import Database
from tests.faults.reading import Key
from tests.faults.walking import Walker


@dataclass
class Verdict:
    """``lost`` and ``unsound`` must be empty; ``again`` counts messages sent once more than they were asked for."""

    updates: int
    acts: int = 0
    retries: int = 0
    again: int = 0
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)


async def audit(world: World, database: Database, walkers: Iterable[Walker]) -> Verdict:
    """To be asked when nothing is under way any more."""
    made = range(FIRST_UPDATE_ID, world.updates.to_dict()["next_id"])
    verdict = Verdict(len(made), unsound=await database.complaints())
    known = {number for (number,) in await database.rows("SELECT update_id FROM known_updates")}
    verdict.lost += [f"update {number} was never kept" for number in set(made) - known]
    for table in ("inbox", "dead_letters"):
        rows = await database.rows(f"SELECT update_id FROM {table}")
        verdict.lost += [f"update {number} is left in {table}" for (number,) in rows]
    for walker in walkers:
        verdict.acts += walker.acts
        verdict.retries += walker.retries
        verdict.lost += walker.lost
        verdict.lost += _unanswered(world, walker)
        verdict.again += len(_sent(world, walker)) - len(walker.said)
        verdict.lost += await _not_kept(database, walker)
    return verdict


def _unanswered(world: World, walker: Walker) -> list[str]:
    """Taps that keep spinning, and words without their answer, which come in the order in which they were said."""
    answered = {
        str(call.params.get("callback_query_id"))
        for call in world.calls
        if call.method == "answerCallbackQuery"
    }
    found = [f"tap {query} was never answered" for query in walker.tapped if query not in answered]
    sent = iter(_sent(world, walker))
    for number, act in enumerate(walker.said):
        if not any(act.answer in text for text in sent):
            found.append(f"person {walker.id}: nothing answers no. {number} of what was said, {act.words!r}")
            break
    return found


def _sent(world: World, walker: Walker) -> list[str]:
    """The texts of all messages that the person was sent, as they were then."""
    return [
        str(call.response["result"]["text"])
        for call in world.calls
        if call.method == "sendMessage"
        and call.response.get("ok")
        and str(call.params.get("chat_id")) == str(walker.id)
    ]


async def _not_kept(database: Database, walker: Walker) -> list[str]:
    kept = await database.rows(f"SELECT kind, item, value FROM marks WHERE person = {walker.id}")
    done: set[Key] = {(kind, item) for kind, item, value in kept if kind != "step" or value == "done"}
    return [
        f"person {walker.id}: {key} was shown as {shown} and is kept as {key in done}"
        for key, shown in walker.done.items()
        if (key in done) != shown
    ]
