import { catalogue } from './catalogue.ts'

/** Problems of the room `installation`. */
export const installationProblems = catalogue({})
