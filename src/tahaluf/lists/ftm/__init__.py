"""FollowTheMoney entities as JSON lines: read from anyone, written for everyone."""
