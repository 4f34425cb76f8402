"""Telegram in and out: updates become typed events at the edge, turns become messages.

    intake, webhook -> worker -> person_lane -> attempts -> Application -> handlers -> turns -> messenger -> lanes
    (bring them)       (keeps)   (order)        (tries)                    (reads)     (guide,  (shows)     (pace)
                                                                                       store)

Nothing behind this package knows Telegram, and nothing in it decides what is said.
"""
