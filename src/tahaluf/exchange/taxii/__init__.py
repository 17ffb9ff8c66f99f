"""TAXII 2.1, so that stock tools can be served and stock servers can be read: see `spec/exchange/sync.md`.

`server` answers requests over whatever keeps the objects and says who may see them; `client` pulls collections over
whatever line it is handed. Both pass objects on as the bytes they came as. Nothing here decides who may have a record:
that is `egress`. Nothing here opens a socket but `client.https`.
"""
