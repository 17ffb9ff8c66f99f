"""Settings, addresses and the way in; knows every app."""
