import 'uplot/dist/uPlot.min.css';
import { render } from 'preact';
import { App } from './app';
import { open } from './ledger';
import { listen } from './route';

listen();
const root = document.getElementById('console');
if (root !== null) {
  root.replaceChildren();
  render(<App />, root);
}
void open();
