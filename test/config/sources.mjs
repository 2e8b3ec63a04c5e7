// Runs once in each process of the runner, before the first spec is imported.
import { register } from 'node:module';

// As it runs for its users: in development graphql checks the realm of every object it meets.
process.env.NODE_ENV = 'production';
process.setSourceMapsEnabled(true);
register('./typescript.hooks.mjs', import.meta.url);
