"""What programs call: `/match` and its kin as OpenSanctions' clients speak them, and `/api/v1/`."""
