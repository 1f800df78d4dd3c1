// Property-based tests explore on a developer's machine; on CI a build must not fail for what nobody changed. `FC_SEED` sets
// the seed, which fast-check prints with every failure.
import fc from "fast-check";

const CI_SEED = 20261122;
const { FC_SEED, CI } = process.env;
const seed = FC_SEED !== undefined ? Number(FC_SEED) : CI !== undefined ? CI_SEED : undefined;

if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
