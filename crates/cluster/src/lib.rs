//! A cluster: the simulated one, on a virtual clock.
