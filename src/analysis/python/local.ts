import type { Alpha, Classes, NumberToken, Origin, Place } from '../lossConfig.ts';
import type { PyModule } from './scopes.ts';

/** A place as the module itself has it: what is in it is "here", and in none of the cells above. */
function localPlace<P extends Place | null>(place: P, module: PyModule): P {
  if (place?.cell === undefined || place.cell !== module.cell) return place;
  const { cell: _, ...here } = place;
  return here as P;
}

export function localOrigins(origins: readonly Origin[], module: PyModule): readonly Origin[] {
  return origins.map((origin) => ({ ...origin, place: localPlace(origin.place, module) }));
}

export function localToken(token: NumberToken | null, module: PyModule): NumberToken | null {
  return token && { ...token, place: localPlace(token.place, module) };
}

export function localAlpha(alpha: Alpha, module: PyModule): Alpha {
  const { origins, token } = alpha;
  return { ...alpha, origins: localOrigins(origins, module), token: localToken(token, module) };
}

export function localClasses({ guess, refused, argument }: Classes, module: PyModule): Classes {
  return {
    guess: guess && {
      ...guess,
      place: localPlace(guess.place, module),
      token: localPlace(guess.token, module),
    },
    refused: refused && { ...refused, place: localPlace(refused.place, module) },
    argument,
  };
}
