import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'
import './styles/print.css'
import { whenDrawn } from './ahead/held.ts'

// The app's files run for longer than a slow telephone takes to show the page as it was drawn last: that comes first.
void whenDrawn().then(() => import('./start.ts'))
