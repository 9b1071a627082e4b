import { expect, test } from 'vitest';
import { hasPersonalNumber } from './personalNumber.rules.js';

// Numbers made for tests: nobody has them.
test.each(['189001019802', '18900101-9802', 'brukaren 121212-1212 har', '1212121212', '900101+9802', '18900161-2390'])(
  '%s is seen',
  (text) => {
    expect(hasPersonalNumber(text)).toBe(true);
  },
);

test.each(['tel. 0176-123 45 67', '1177', 'diarienr 2022-12345', '18900101-9803', '901301-9802', '12345678901234567890', 'LSS 9 § 7'])(
  '%s is not',
  (text) => {
    expect(hasPersonalNumber(text)).toBe(false);
  },
);
