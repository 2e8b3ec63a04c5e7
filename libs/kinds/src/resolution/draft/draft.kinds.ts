import type { PointKind } from '../resolution.events.js';

/** Whole words; the language's letters are not all known to \b. */
const words = (...alternatives: readonly string[]): RegExp => new RegExp(`(?<!\\p{L})(?:${alternatives.join('|')})(?!\\p{L})`, 'iu');

const PREMISE = words(
  'legge?r? til grunn', 'viser til', 'til orientering', 'til etterretning', 'til vitende', 'mener', 'meiner', 'understreker',
  'understrekar', 'konstaterer', 'slår fast', 'erkjenner', 'er enig', 'er einig', 'merker seg', 'merkar seg',
); // prettier-ignore
const REQUEST = words(
  'ber', 'bes', 'oppfordre[rs]?', 'oppmodar?', 'anmode[rs]?', 'anbefale[rs]?', 'tilrår', 'henstille[rs]?', 'forvente[rs]?', 'ventar',
); // prettier-ignore
const MEASURE = words(
  'tilsette?[rs]?', 'ansette?[rs]?', 'opprette?[rs]?', 'etablere[rs]?', 'bevilge[rs]?', 'løyve[rs]?', 'utarbeide[rs]?', 'utrede[rs]?',
  'gjennomføre[rs]?', 'iverksette?[rs]?', 'legge[rs]? (?:det )?til rette', 'sette?[rs]? av', 'innføre[rs]?', 'kjøpe[rs]?', 'bygge[rs]?',
); // prettier-ignore
const COMMITMENT = words('vil', 'skal', 'forplikte[rs]? seg');

/** What the words suggest; null where they say nothing. `above`: what the lead-in over it says, and what that one was taken for. */
export const kindSuggested = (text: string, above: Readonly<{ text: string; kind: PointKind }> | null): PointKind | null => {
  if (above?.kind === 'LEAD_IN') {
    const asked = REQUEST.test(above.text) ? 'REQUEST' : COMMITMENT.test(above.text) ? 'COMMITMENT' : null;
    if (asked !== null) return asked;
  }
  if (PREMISE.test(text)) return 'PREMISE';
  if (REQUEST.test(text)) return 'REQUEST';
  if (MEASURE.test(text)) return 'MEASURE';
  if (COMMITMENT.test(text)) return 'COMMITMENT';
  return above === null || above.kind === 'LEAD_IN' ? null : above.kind;
};
