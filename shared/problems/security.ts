import { catalogue } from './catalogue.ts'

/** Problems of the room `security`. */
export const securityProblems = catalogue({})
