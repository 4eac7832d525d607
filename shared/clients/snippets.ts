import type { ClientName, ClientSnippet } from '../contract/clients.ts'
import { agent } from './agent.ts'
import { beats } from './beats.ts'
import type { ClientNode } from './client-node.ts'
import { curl } from './curl.ts'
import { dotnet } from './dotnet.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { kibana } from './kibana.ts'
import { logstash } from './logstash.ts'
import { perl } from './perl.ts'
import { php } from './php.ts'
import { python, pythonAsync } from './python.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'

/** How every client connects to this node. No secret is in it: programs read ELASTIC_API_KEY or ELASTIC_PASSWORD from their environment. */
export function snippetsFor(node: ClientNode): Record<ClientName, ClientSnippet> {
  return {
    curl: curl(node),
    javascript: javascript(node),
    python: python(node),
    'python-async': pythonAsync(node),
    java: java(node),
    go: go(node),
    dotnet: dotnet(node),
    ruby: ruby(node),
    php: php(node),
    perl: perl(node),
    rust: rust(node),
    beats: beats(node),
    logstash: logstash(node),
    agent: agent(node),
    kibana: kibana(node),
  }
}

/** The chosen way of a snippet, where it has that one; else the one it has. */
export function byTrust(snippet: ClientSnippet, trust: 'fingerprint' | 'ca' | null): ClientSnippet {
  const { other } = snippet
  if (trust === null || trust === snippet.trust || other === null) return snippet
  const { trust: first, code, checks, needs } = snippet
  return { ...snippet, ...other, other: { trust: first, code, checks, needs } }
}
