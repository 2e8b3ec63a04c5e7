import { Item } from './item.types.js';
import { connectionOf } from './page.types.js';

export const ItemConnection = connectionOf('Item', () => Item);
