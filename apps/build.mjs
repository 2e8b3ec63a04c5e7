// `npm run build`: build api, cli and GraphiQL anew.
import { build, install } from './prepare.mjs';

install();
build({ force: true });
