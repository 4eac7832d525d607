import { catalogue } from './catalogue.ts'

/** Problems of the room `plan`. */
export const planProblems = catalogue({})
