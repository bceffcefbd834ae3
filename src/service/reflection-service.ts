import { createRegistry, type DescFile, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { Code, type ConnectRouter } from '@connectrpc/connect';
import {
  ServerReflection,
  type ServerReflectionRequest,
} from '../gen/grpc/reflection/v1/reflection_pb.ts';

/**
 * grpc.reflection.v1: these files and all that they import, so that clients need no proto file.
 *
 * @param files those that declare the services served
 */
export function reflectionService(router: ConnectRouter, files: readonly DescFile[]): void {
  const all = withImports(files);
  const registry = createRegistry(...all);
  const services = files.flatMap((file) => file.services.map(({ typeName }) => typeName));

  function answer({ messageRequest: { case: question, value } }: ServerReflectionRequest) {
    switch (question) {
      case 'listServices':
        return {
          case: 'listServicesResponse' as const,
          value: { service: services.map((name) => ({ name })) },
        };
      case 'fileByFilename':
        return fileAnswer(all.find(({ proto }) => proto.name === value));
      case 'fileContainingSymbol':
        return fileAnswer(fileOfSymbol(value));
      case 'allExtensionNumbersOfType':
        if (registry.getMessage(value) === undefined) return notFound;
        return {
          case: 'allExtensionNumbersResponse' as const,
          value: { baseTypeName: value, extensionNumber: [] },
        };
      default:
        return notFound; // none of our files declares an extension
    }
  }

  function fileOfSymbol(symbol: string): DescFile | undefined {
    const parent = symbol.slice(0, symbol.lastIndexOf('.'));
    const member = symbol.slice(parent.length + 1);
    const service = registry.getService(parent)?.methods.find(({ name }) => name === member);
    const message = registry.getMessage(parent)?.fields.find(({ name }) => name === member);
    return (registry.get(symbol) ?? service?.parent ?? message?.parent)?.file;
  }

  router.service(ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        yield {
          validHost: request.host,
          originalRequest: request,
          messageResponse: answer(request),
        };
      }
    },
  });
}

const notFound = {
  case: 'errorResponse' as const,
  value: { errorCode: Code.NotFound as number, errorMessage: 'there is nothing of this name' },
};

function fileAnswer(file: DescFile | undefined) {
  if (file === undefined) return notFound;
  return {
    case: 'fileDescriptorResponse' as const,
    value: {
      fileDescriptorProto: withImports([file]).map(({ proto }) =>
        toBinary(FileDescriptorProtoSchema, proto),
      ),
    },
  };
}

/** The files and what they import, each once, the files first. */
function withImports(files: readonly DescFile[]): DescFile[] {
  const all = new Set(files);
  for (const file of all) for (const imported of file.dependencies) all.add(imported);
  return [...all];
}
