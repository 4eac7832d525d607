const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such name is known here',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'no way leads there from this machine',
  ENETUNREACH: 'no way leads there from this machine',
  ECONNRESET: 'it hangs up',
}

/** Why no connection came about, in plain words where the system's code is known, else in its own. */
export function whyUnconnected({ code, message }: Error & { readonly code?: string | undefined }): string {
  return plainWords[code ?? ''] ?? message
}
