import { catalogue } from './catalogue.ts'

/** Problems of the room `preflight`. */
export const preflightProblems = catalogue({})
