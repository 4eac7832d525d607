/** The message by which the preload hands a port to the contract over to the main process. */
export const connectChannel = 'firstnode:connect'
