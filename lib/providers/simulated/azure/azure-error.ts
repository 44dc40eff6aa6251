import type { OpenaiError } from "../openai-error.ts";

/** Errors of Azure OpenAI as they have been seen in public: a code that repeats the status, or a word. */
export const wrongKey: OpenaiError = {
  status: 401,
  body: {
    error: {
      code: "401",
      message:
        "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.",
    },
  },
};

/** An unknown path, and an `api-version` that is missing or unknown. */
export const noResource: OpenaiError = {
  status: 404,
  body: { error: { code: "404", message: "Resource not found" } },
};

export const noDeployment: OpenaiError = {
  status: 404,
  body: {
    error: {
      code: "DeploymentNotFound",
      message:
        "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.",
    },
  },
};
