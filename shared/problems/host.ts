import { catalogue } from './catalogue.ts'

/** Problems of the room `host`. */
export const hostProblems = catalogue({})
