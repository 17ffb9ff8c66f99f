"""The desk: what a unit works in all day. The only place where Django lives.

Arrows go down: config, api, monitoring and redress, review, catalogue, accounts and ui, common. An app's models are its
own; others call its `services` (writes) and `queries` (reads).
"""
