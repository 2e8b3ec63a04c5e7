import { isObjectType } from 'graphql';
import { buildShape } from './schema.js';
import { COSTS } from './costs.js';

describe('What fields cost beside their one point', () => {
  it('is said of fields there are', async () => {
    const schema = await buildShape();
    const types = Object.values(schema.getTypeMap()).filter(isObjectType);
    for (const [name, cost] of Object.entries(COSTS)) {
      const [type = '', field = ''] = name.split('.');
      const having = types.filter((one) => (type === '*' || one.name === type) && field in one.getFields());
      expect([name, having.length > 0, cost > 0]).toEqual([name, true, true]);
    }
  });
});
