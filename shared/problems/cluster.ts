import { catalogue } from './catalogue.ts'

/** Problems of the room `cluster`. */
export const clusterProblems = catalogue({})
