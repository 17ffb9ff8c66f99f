"""Run batches of subjects on one machine or on a cluster: the same hits, in the order of the batches, either way.

`local.screen_batches` uses threads of this process, `ray.screen_batches` a Ray cluster (extra `tahaluf[ray]`). Both
hold few batches at a time, so that an input of any length passes through; both raise what a worker raised.
"""
