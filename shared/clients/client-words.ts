/** What most clients say of their steps: what the line before the file does, and what the one after it shows. */
export const usualSteps = { installs: 'Install it', outcome: 'It prints the version of Elasticsearch.' } as const

/** What Kibana's way and its tab among the clients call the same things. */
export const kibanaWords = { way: 'Open Kibana', token: 'Make a token for Kibana', elsewhere: 'Kibana on another machine' } as const
