import 'reflect-metadata';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsBoolean, IsIn, IsString, Length } from 'class-validator';

/**
 * What HTTP commands are measured against (`npm run bench -- http`): the same framework, the same body, validated, and
 * nothing done with it. A program of its own; the service does not load it.
 */
class BareBody {
  @IsString()
  @Length(1, 64)
  readonly memberId!: string;

  @IsString()
  @Length(1, 2000)
  readonly problem!: string;

  @IsIn(['phone', 'email', 'in-person'])
  readonly channel!: string;

  @IsBoolean()
  readonly commercialUse!: boolean;

  @IsBoolean()
  readonly confidentialDataPresent!: boolean;
}

@Controller()
class BareController {
  @Post('requests')
  take(@Body() body: BareBody) {
    return { id: body.memberId, revision: 0, events: ['RequestReceived'] };
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await app.listen(0, '127.0.0.1');
process.on('SIGINT', () => process.exit(0));
process.stdout.write(`${await app.getUrl()} Ctrl-C\n`);
