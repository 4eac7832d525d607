import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Loader.css'
import '@mantine/core/styles/Button.css'
import '@mantine/core/styles/Skeleton.css'
import './design/mantine.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { connect } from './connection/connect.ts'
import { theme, variables } from './design/theme.ts'

/** The host puts a fresh one into every page it gives; the policy lets styles with it in. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
// react-remove-scroll, below Mantine's Modal, asks for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: nonce })

const connection = await connect()
const root = document.querySelector('#page')
if (root === null) throw new Error('The document has no place for the page')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <App connection={connection} />
    </MantineProvider>
  </StrictMode>,
)
