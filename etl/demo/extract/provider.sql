select provider_id, specialty, service_line, provider_type
from provider
