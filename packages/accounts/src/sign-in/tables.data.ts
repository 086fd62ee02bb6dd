/** What better-auth calls its tables and their columns, and what they are called here (migration 0007 of the library). */
export const PERSON_TABLE = {
  modelName: 'person',
  fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
} as const;

export const SESSION_TABLE = {
  modelName: 'session',
  fields: {
    userId: 'person_id',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
    expiresAt: 'expires_at',
  },
} as const;

export const SIGN_IN_WAY_TABLE = {
  modelName: 'sign_in_way',
  fields: {
    accountId: 'account_id',
    providerId: 'provider_id',
    userId: 'person_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
} as const;

export const VERIFICATION_TABLE = {
  modelName: 'verification',
  fields: { createdAt: 'created_at', updatedAt: 'updated_at', expiresAt: 'expires_at' },
} as const;

export const SIGNING_KEY_TABLE = {
  jwks: {
    modelName: 'signing_key',
    fields: {
      publicKey: 'public_key',
      privateKey: 'private_key',
      createdAt: 'created_at',
      expiresAt: 'expires_at',
    },
  },
} as const;
