"""Measurements, printed as ratios taken in one run: machines differ, and one machine differs from minute to minute."""
