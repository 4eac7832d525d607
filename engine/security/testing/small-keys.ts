import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { beginKeys, type KeyPair, type NodeKeys } from '../keys.ts'

const generate = promisify(generateKeyPair)

/** A key that is made at once: only its size differs from a real one. */
export const smallKey = (): Promise<KeyPair> => generate('rsa', { modulusLength: 1024 })

export const smallKeys = (): Promise<NodeKeys> => beginKeys({ make: smallKey }).ready
