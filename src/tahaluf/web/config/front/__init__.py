"""What stands between the server and Django: bodies are taken whole before a thread is, answers are given by none.

Reach for `application`; `tahaluf serve` does. docs/decisions/0022-slow-clients.md says why.
"""
