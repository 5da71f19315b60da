//! Language models behind the model port: Amazon Bedrock and any OpenAI-compatible endpoint.
