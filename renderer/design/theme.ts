import { createTheme, type CSSVariablesResolver, type VariantColorsResolver } from '@mantine/core'

const variantColorResolver: VariantColorsResolver = ({ variant }) => {
  switch (variant) {
    case 'filled':
      return { background: 'var(--ink)', hover: 'var(--ink-press)', color: 'var(--on-ink)', border: '1px solid transparent' }
    case 'subtle':
      return { background: 'transparent', hover: 'var(--hover)', color: 'var(--ink)', border: '1px solid transparent' }
    default:
      return { background: 'var(--surface)', hover: 'var(--hover)', color: 'var(--ink)', border: '1px solid var(--line-2)' }
  }
}

/** Mantine in ink and paper: no accent colour, so that a colour on the page is always a state. */
export const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: 'var(--text-xs)', sm: 'var(--text-s)', md: 'var(--text-m)', lg: 'var(--text-l)', xl: 'var(--text-xl)' },
  defaultRadius: 'var(--r1)',
  primaryColor: 'dark',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  variantColorResolver,
})

const shared = {
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--ink)',
  '--mantine-primary-color-filled-hover': 'var(--ink-press)',
  '--mantine-primary-color-contrast': 'var(--on-ink)',
}

/** Mantine's own variables, read from the tokens. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
