import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { beginKeys, type KeyPair, type NodeKeys } from '../keys.ts'

const generate = promisify(generateKeyPair)

/** A key that is made at once: only its size differs from a real one. */
export const smallKey = (): Promise<KeyPair> => generate('rsa', { modulusLength: 1024 })

export const smallKeys = (): Promise<NodeKeys> => beginKeys({ make: smallKey }).ready

/** Keys for a node that runs: the smallest that Java takes for TLS. Without its second compiler it spends tenths of a second on every connection with a real one. */
export const runningKeys = (): Promise<NodeKeys> => beginKeys({ make: () => generate('rsa', { modulusLength: 2048 }) }).ready
