"""Exchange between members: signed, marked records in logs, and the rule that says who may have them.

Reach for `record` and `marking` to make and read what is said; for `merkle`, `notes`, `checkpoint`, `index` and
`equivocation` to prove and check who said it, and that nothing was altered, dropped or shown differently; for
`registry` and `egress` to decide who may have it; for `log` to keep a log, `node` to be one of those who exchange,
`bundle` and `taxii` for sticks and other people's tools. The formats are those of `spec/exchange/`. Nothing here but
`taxii.client.https` opens a socket, and nothing knows a framework, a list or a screening engine. It needs the
`exchange` extra (or `desk`), for Ed25519.
"""
