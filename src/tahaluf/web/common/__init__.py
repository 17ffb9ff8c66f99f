"""What every app needs and none owns: the audit log, jobs, health and metrics, logs, bounds on what comes in."""
