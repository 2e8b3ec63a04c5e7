import { SECRETS } from './secrets.js';

type Described = Readonly<{ description?: string | undefined; safeParse: (value: unknown) => Readonly<{ data?: unknown }> }>;

const shown = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return value === undefined || value === null ? '' : Array.isArray(value) ? value.join(',') : JSON.stringify(value).replaceAll('"', '');
};

const HEAD = `# Every setting with its default, made from the settings themselves: UPDATE_GOLDEN=1 npm run jest -- apps/api/src/settings
# Copy it to a file of your own, readable for its owner only, uncomment what is to be otherwise, and hand it to the process:
# node --env-file=FILE …, env_file in Compose, or EnvironmentFile in systemd.
`;

/** `.env.example`: a line for each setting, commented out, under what it means. */
export const exampleFile = (settings: Readonly<Record<string, Described>>): string => {
  const lines = Object.entries(settings).map(([name, setting]) => {
    const secret = (SECRETS as readonly string[]).includes(name) ? ' Better kept in a file.' : '';
    return `# ${setting.description ?? ''}.${secret}\n#${name}=${shown(setting.safeParse(undefined).data)}\n`;
  });
  return [HEAD, ...lines].join('\n');
};
