/** `npm run test:long`: everything on both versions, and by-ways that cost a whole start. For tests of every runner. */
export const long = process.env.FIRSTNODE_LONG !== undefined
