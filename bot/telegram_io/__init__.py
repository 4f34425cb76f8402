"""Telegram in and out: updates become typed events at the edge, turns become messages.

    intake -> worker -> Application -> handlers -> turns -> messenger
    (polls)   (order)                  (read)      (guide, store)  (render, send)

Nothing behind this package knows Telegram, and nothing in it decides what is said.
"""
