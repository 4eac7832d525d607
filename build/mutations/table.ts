import { certificateMutants } from './certificate-mutants.ts'
import { clusterMutants } from './cluster-mutants.ts'
import { downloadMutants } from './download-mutants.ts'
import { handoutMutants } from './handout-mutants.ts'
import { hostMutants } from './host-mutants.ts'
import type { Mutant } from './mutant.ts'
import { packagingMutants } from './packaging-mutants.ts'
import { windowMutants } from './window-mutants.ts'

/** Every line of security that must not go unseen. */
export const mutants: readonly Mutant[] = [...windowMutants, ...hostMutants, ...clusterMutants, ...downloadMutants, ...packagingMutants, ...handoutMutants, ...certificateMutants]

/** The file of tests that a window's mutants name titles of. */
export const windowTests = 'test/electron/security.spec.ts'
