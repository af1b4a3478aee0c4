import type { Classes, ConfigAlpha, NumberToken, ValueOrigin } from '../../lossConfig.ts';
import type { SourcePlace } from '../../sourcePlace.ts';
import type { PyModule } from '../syntax/pythonScopes.ts';

/** A place as the module itself has it: what is in it is "here", and in none of the cells above. */
export function localPlace<P extends SourcePlace | null>(place: P, module: PyModule): P {
  if (place?.cell === undefined || place.cell !== module.cell) return place;
  const { cell: _, ...here } = place;
  return here as P;
}

export function localOrigins(origins: readonly ValueOrigin[], module: PyModule): readonly ValueOrigin[] {
  return origins.map((origin) => ({ ...origin, place: localPlace(origin.place, module) }));
}

export function localToken(token: NumberToken | null, module: PyModule): NumberToken | null {
  return token && { ...token, place: localPlace(token.place, module) };
}

export function localAlpha(alpha: ConfigAlpha, module: PyModule): ConfigAlpha {
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
