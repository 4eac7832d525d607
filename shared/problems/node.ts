import { catalogue } from './catalogue.ts'

/** Problems of the room `node`. */
export const nodeProblems = catalogue({})
