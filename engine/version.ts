/** The version of Firstnode itself: the one of package.json, held equal by a test. */
export const firstnodeVersion = '0.1.0'
