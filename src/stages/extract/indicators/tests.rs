//! Whole-rule tests.
